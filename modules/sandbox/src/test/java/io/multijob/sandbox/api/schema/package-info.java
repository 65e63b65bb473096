@NullMarked
package io.multijob.sandbox.api.schema;

import org.jspecify.annotations.NullMarked;
