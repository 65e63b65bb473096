@NullMarked
package io.multijob.sandbox.api.patch;

import org.jspecify.annotations.NullMarked;
