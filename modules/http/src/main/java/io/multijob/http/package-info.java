/// One small HTTP listener for every server of this project: the JDK's own server on virtual
/// threads, plain or over TLS, with bounds on what it accepts. It knows nothing of what is served,
/// nor where certificates come from.
@NullMarked
package io.multijob.http;

import org.jspecify.annotations.NullMarked;
