/** The rules of the house: architecture, documents, habits; each rule is proven able to fail. */
@NullMarked
package org.embassage.scenarios.house;

import org.jspecify.annotations.NullMarked;
