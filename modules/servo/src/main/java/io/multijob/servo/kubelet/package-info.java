/// Asks kubelets what they have sampled of pods, for runs that nobody else has counted. Knows
/// nothing of runs and reports: what is asked for and what becomes of it is
/// [io.multijob.servo.stats]' matter.
@NullMarked
package io.multijob.servo.kubelet;

import org.jspecify.annotations.NullMarked;
