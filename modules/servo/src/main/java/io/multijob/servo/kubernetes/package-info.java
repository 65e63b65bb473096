/// The authenticated way to the API server. What the client library knows, this package resolves:
/// none of its types leaves it.
@NullMarked
package io.multijob.servo.kubernetes;

import org.jspecify.annotations.NullMarked;
