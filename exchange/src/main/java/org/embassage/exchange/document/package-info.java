/** The stages of a document, from draft to opened message. A stage that is earned has one maker. */
@NullMarked
package org.embassage.exchange.document;

import org.jspecify.annotations.NullMarked;
