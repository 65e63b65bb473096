/// Who may ask: the bearer token, and the ways in which a browser carries it. Knows nothing of what
/// is asked for.
@NullMarked
package io.multijob.optune.access;

import org.jspecify.annotations.NullMarked;
