"""What is kept between runs: the fabric, node ids, unfinished devices, what is trusted."""
