@NullMarked
package io.multijob.sandbox.run.group;

import org.jspecify.annotations.NullMarked;
