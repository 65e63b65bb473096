/// The pods of the trial and their lives, which it writes as a kubelet does.
@NullMarked
package io.multijob.e2e.chaos.pod;

import org.jspecify.annotations.NullMarked;
