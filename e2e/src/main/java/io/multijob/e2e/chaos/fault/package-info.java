/// What is done to the servo and to what it stands on, at random moments.
@NullMarked
package io.multijob.e2e.chaos.fault;

import org.jspecify.annotations.NullMarked;
