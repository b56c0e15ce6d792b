package org.embassage.scenarios.house.broken.sealing;

/** Stands for a class of the module. */
public class Something {}
