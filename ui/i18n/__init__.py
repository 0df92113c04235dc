"""Translations: texts are collected from the code, translated in .ts files, and loaded as .qm."""
