/// The page: static files from this module's resources, with the headers that keep a browser from
/// running anything else. Knows nothing of runs.
@NullMarked
package io.multijob.optune.page;

import org.jspecify.annotations.NullMarked;
