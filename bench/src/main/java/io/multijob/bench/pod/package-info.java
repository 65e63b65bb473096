/// Pods to measure with: a real one's life as an API server told it, made into any number of pods;
/// and manifests for pods whose status the bench writes.
@NullMarked
package io.multijob.bench.pod;

import org.jspecify.annotations.NullMarked;
