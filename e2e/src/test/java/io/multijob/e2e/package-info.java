/// What a real cluster does to one-time pods, and what the servo makes of it.
@NullMarked
package io.multijob.e2e;

import org.jspecify.annotations.NullMarked;
