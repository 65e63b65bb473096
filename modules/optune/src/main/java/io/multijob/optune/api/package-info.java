/// The read-only JSON interface under `/api/v1`. Knows the store and the shape of its answers,
/// nothing of the protocol's endpoint or the page.
@NullMarked
package io.multijob.optune.api;

import org.jspecify.annotations.NullMarked;
