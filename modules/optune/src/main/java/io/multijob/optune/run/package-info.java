/// What a run is to the service, and how it ended. Pure: no I/O, no HTTP, no SQL.
@NullMarked
package io.multijob.optune.run;

import org.jspecify.annotations.NullMarked;
