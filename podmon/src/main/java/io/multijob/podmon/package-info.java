/// The collector that runs beside a one-time pod and tells what it has used.
@NullMarked
package io.multijob.podmon;

import org.jspecify.annotations.NullMarked;
