/// What a webhook does on a cluster of today, for one of 1.7 to 1.13: changes pods that are about
/// to start, as an initializer. Every new pod of such a cluster waits for us, so every one is let
/// go, whatever fails. What is to be changed in a pod of ours it is told; it knows nothing of
/// podmon, of settings and of the service.
@NullMarked
package io.multijob.servo.initializer;

import org.jspecify.annotations.NullMarked;
