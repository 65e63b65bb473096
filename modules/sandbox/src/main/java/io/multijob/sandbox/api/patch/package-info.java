/// The three ways to change a document: JSON Patch (RFC 6902), JSON Merge Patch (RFC 7386) and
/// Kubernetes' strategic merge patch. Pure.
@NullMarked
package io.multijob.sandbox.api.patch;

import org.jspecify.annotations.NullMarked;
