/// The MutatingWebhookConfiguration that leads pods to us, as text for a person to apply. Pure: it
/// asks no cluster.
@NullMarked
package io.multijob.servo.webhook;

import org.jspecify.annotations.NullMarked;
