package org.embassage.scenarios.house.broken.store;

/** Stands for a class of the module. */
public class Something {}
