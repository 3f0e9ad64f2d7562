"""The newest migration that this program knows; books of a newer version are refused."""

VERSION = "0005"
