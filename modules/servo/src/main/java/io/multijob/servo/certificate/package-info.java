/// The certificate that the admission webhook shows: made and renewed by ourselves, kept where all
/// replicas find it, or given by files; and the authorities that the API server is told to trust.
/// It knows nothing of pods, nor of what is asked over TLS.
@NullMarked
package io.multijob.servo.certificate;

import org.jspecify.annotations.NullMarked;
