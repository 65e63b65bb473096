/// The writes: creation, update and deletion of objects by the rules of their kinds, with grace
/// periods, finalizers and what belongs to what. It knows nothing of HTTP.
@NullMarked
package io.multijob.sandbox.api.registry;

import org.jspecify.annotations.NullMarked;
