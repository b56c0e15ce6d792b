package org.embassage.scenarios.house.broken.schemas;

/** Stands for a class of the module. */
public class Something {}
