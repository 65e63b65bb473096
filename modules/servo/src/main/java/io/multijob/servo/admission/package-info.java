/// A pod that is about to be made, as the API server shows it: whose it is, what is put into it,
/// and the answer. Whatever fails here lets the pod go unchanged.
///
/// `PodAdmission` decides and is pure; the initializer uses it as well. Knows nothing of how the
/// service is asked, of what stops harming, and of certificates: it is given them.
@NullMarked
package io.multijob.servo.admission;

import org.jspecify.annotations.NullMarked;
