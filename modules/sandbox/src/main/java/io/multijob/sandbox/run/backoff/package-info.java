/// How long to wait before something that failed is tried again. It knows nothing of what failed.
@NullMarked
package io.multijob.sandbox.run.backoff;

import org.jspecify.annotations.NullMarked;
