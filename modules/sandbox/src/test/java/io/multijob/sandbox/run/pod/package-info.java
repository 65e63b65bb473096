@NullMarked
package io.multijob.sandbox.run.pod;

import org.jspecify.annotations.NullMarked;
