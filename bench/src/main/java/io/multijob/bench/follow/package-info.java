/// Two ways to list and follow pods, behind one face: the servo's own, and a client library's
/// informer.
@NullMarked
package io.multijob.bench.follow;

import org.jspecify.annotations.NullMarked;
