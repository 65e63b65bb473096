/// What of a pod can be set, and to what: its resources and numbers of its environment read from
/// its document, an ADJUST made to fit it, the settings put into it, and its DESCRIPTION.
///
/// Pure: no input or output, no clock, no client type. Knows nothing of how pods are seen or let
/// in, nor of how the service is asked.
@NullMarked
package io.multijob.servo.adjustment;

import org.jspecify.annotations.NullMarked;
