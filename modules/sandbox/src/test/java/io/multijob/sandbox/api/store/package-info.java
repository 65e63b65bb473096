@NullMarked
package io.multijob.sandbox.api.store;

import org.jspecify.annotations.NullMarked;
