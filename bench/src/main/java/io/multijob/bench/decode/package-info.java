/// How fast a watch of pods is decoded, what that throws away, and what is kept of a pod: by the
/// servo's own way and by a client library's informer, from the same bytes.
@NullMarked
package io.multijob.bench.decode;

import org.jspecify.annotations.NullMarked;
