/// Says before an install, and after it, whether the servo will work here, and what to do where it
/// will not. Asks the API server and the service, and changes nothing.
///
/// Knows the settings and the way to the cluster; nothing of the servo's own parts knows it.
@NullMarked
package io.multijob.servo.check;

import org.jspecify.annotations.NullMarked;
