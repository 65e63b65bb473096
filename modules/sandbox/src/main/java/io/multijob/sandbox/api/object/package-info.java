/// What the API is made of: its resources, the documents that are their objects, times, and the
/// `Status` that an error is. It knows nothing of HTTP or of how objects are kept.
@NullMarked
package io.multijob.sandbox.api.object;

import org.jspecify.annotations.NullMarked;
