/// What Kubernetes' own OpenAPI document says of the kinds served: which fields there are, of which
/// types, and how their lists are merged. `kubernetes-1.37.json` beside this package's classes
/// holds the schemas of a real API server (Apache-2.0), without their descriptions.
@NullMarked
package io.multijob.sandbox.api.schema;

import org.jspecify.annotations.NullMarked;
