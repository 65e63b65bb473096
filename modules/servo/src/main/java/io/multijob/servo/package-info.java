/// The daemon as a whole: reads its settings, makes its parts, starts them in order, and ends them
/// in reverse. What the parts do is theirs.
@NullMarked
package io.multijob.servo;

import org.jspecify.annotations.NullMarked;
