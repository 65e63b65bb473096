/// Puts podmon into the document of a pod, or says why it is left out.
///
/// Pure. Knows nothing of who asks: a webhook, an initializer, or a text for the API server.
@NullMarked
package io.multijob.servo.injection;

import org.jspecify.annotations.NullMarked;
