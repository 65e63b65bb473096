/// Label and field selectors: from the text of a request to a decision about one object. Pure.
@NullMarked
package io.multijob.sandbox.api.select;

import org.jspecify.annotations.NullMarked;
