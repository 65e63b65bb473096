@NullMarked
package io.multijob.sandbox.run.job;

import org.jspecify.annotations.NullMarked;
