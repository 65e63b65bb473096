/// Connections that can be cut off, refused and made to carry rubbish.
@NullMarked
package io.multijob.e2e.chaos.wire;

import org.jspecify.annotations.NullMarked;
