/// The cache that shortens a start: Java's ahead-of-time cache, recorded from one rehearsal of
/// `servo run` against a cluster of its own. Knows the servo only as a process.
@NullMarked
package io.multijob.cli.cache;

import org.jspecify.annotations.NullMarked;
