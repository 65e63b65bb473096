@NullMarked
package io.multijob.sandbox.run;

import org.jspecify.annotations.NullMarked;
