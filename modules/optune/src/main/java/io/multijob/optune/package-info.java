/// The Optune service of our own: receives runs over the Optune protocol, stores them, shows them.
/// This package reads the settings, wires the parts and starts and stops them; it knows nothing of
/// Kubernetes and nothing of the servo but the protocol.
@NullMarked
package io.multijob.optune;

import org.jspecify.annotations.NullMarked;
