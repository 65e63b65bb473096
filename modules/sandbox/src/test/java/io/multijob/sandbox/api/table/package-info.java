@NullMarked
package io.multijob.sandbox.api.table;

import org.jspecify.annotations.NullMarked;
