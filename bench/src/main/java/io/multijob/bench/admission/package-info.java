/// What admission costs a pod: creations with none, by webhook, by policy and by both, in one run.
@NullMarked
package io.multijob.bench.admission;

import org.jspecify.annotations.NullMarked;
