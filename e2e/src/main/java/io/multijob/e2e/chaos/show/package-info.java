/// How the trial is told to who looks at it, and to programs.
@NullMarked
package io.multijob.e2e.chaos.show;

import org.jspecify.annotations.NullMarked;
