@NullMarked
package io.multijob.sandbox.run.backoff;

import org.jspecify.annotations.NullMarked;
