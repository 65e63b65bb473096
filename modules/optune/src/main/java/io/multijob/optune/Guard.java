package io.multijob.optune;

import io.multijob.optune.access.Gate;
import io.multijob.optune.access.Origins;

/// All that a request must pass.
record Guard(Gate gate, Origins origins) {}
