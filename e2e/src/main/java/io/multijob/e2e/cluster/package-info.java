/// The cluster under test: as an administrator, by its API; and its machines, where they are ours.
@NullMarked
package io.multijob.e2e.cluster;

import org.jspecify.annotations.NullMarked;
