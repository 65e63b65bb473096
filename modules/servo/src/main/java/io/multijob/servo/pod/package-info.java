/// What we keep of a pod, whose run it is, and when and how that run has ended.
///
/// Pure: no input or output, no clock, no client type. Knows nothing of how pods are seen or of
/// what becomes of their runs.
@NullMarked
package io.multijob.servo.pod;

import org.jspecify.annotations.NullMarked;
