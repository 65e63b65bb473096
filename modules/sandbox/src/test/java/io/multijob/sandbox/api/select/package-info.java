@NullMarked
package io.multijob.sandbox.api.select;

import org.jspecify.annotations.NullMarked;
