@NullMarked
package io.multijob.sandbox.run.process;

import org.jspecify.annotations.NullMarked;
