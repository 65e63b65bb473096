/// New runs as server-sent events, for the page and for whoever else wants to follow.
@NullMarked
package io.multijob.optune.live;

import org.jspecify.annotations.NullMarked;
