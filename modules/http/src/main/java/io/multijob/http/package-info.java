/// One small HTTP listener for every server of this project: the JDK's own server on virtual
/// threads, with bounds on what it accepts. It knows nothing of what is served.
@NullMarked
package io.multijob.http;

import org.jspecify.annotations.NullMarked;
